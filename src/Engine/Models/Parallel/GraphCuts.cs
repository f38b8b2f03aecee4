using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Whether a model's graph is cut between and within its layers, so that each piece of it is walked once on the way back.</summary>
internal static class GraphCuts
{
    /// <summary>
    /// Where ranks talk to each other in a pass, weights come and go, or parts of a layer are computed again; and wherever there are routers: their
    /// losses do not come back by way of what follows, which may be computed again, and gradients that meet are added up in one order, cut or not.
    /// </summary>
    public static bool AreIn(ModelConfig config, RankMesh mesh, Recomputation recomputation, bool reshards) =>
        reshards || recomputation.IsSelective || config.Experts > 0 || mesh.SizeOf(MeshAxis.Sequence) > 1;
}
