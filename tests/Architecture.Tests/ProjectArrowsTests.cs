using System.Reflection;
using System.Xml.Linq;

namespace SeedOrleans.Architecture.Tests;

/// <summary>The arrows between projects, and what each must never see.</summary>
public sealed class ProjectArrowsTests
{
    /// <summary>Project, then the projects it may reference.</summary>
    private static readonly Dictionary<string, string[]> Map = new()
    {
        ["Domain"] = [],
        ["GrainInterfaces"] = ["Domain"],
        ["Engine"] = ["Domain"],
        ["Providers"] = ["Engine"],
        ["Grains"] = ["Engine", "GrainInterfaces"],
        ["Silo"] = ["Grains", "Providers"],
        ["Client"] = ["Engine", "GrainInterfaces", "Providers"],
    };

    public static TheoryData<string> Projects => [.. Map.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_map_says(string project) =>
        Assert.Equal(Map[project], References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Fact]
    public void Every_project_is_on_the_map() => Assert.Equal(
        Map.Keys.Order(),
        Directory.EnumerateDirectories(Repository.Source()).Select(folder => Path.GetFileName(folder)).Order());

    [Theory]
    [InlineData("Domain")]
    [InlineData("Engine")]
    public void What_computes_knows_no_actor_runtime(string project)
    {
        string[] serialization = ["Orleans.Serialization", "Orleans.Serialization.Abstractions"];

        Assert.Empty(Uses(project).Where(name => name.StartsWith("Orleans", StringComparison.Ordinal)).Except(serialization));
        Assert.Empty(References(project, "PackageReference")
            .Where(package => package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal))
            .Except(["Microsoft.Orleans.Serialization", "Microsoft.Orleans.CodeGenerator"]));
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("GrainInterfaces")]
    public void What_travels_knows_no_tensors(string project)
    {
        Assert.DoesNotContain("TorchSharp", Uses(project));
        Assert.DoesNotContain(References(project, "PackageReference"), package => package.StartsWith("TorchSharp", StringComparison.Ordinal));
    }

    [Fact]
    public void The_console_knows_actors_only_by_what_they_promise()
    {
        Assert.DoesNotContain("SeedOrleans.Grains", Uses("Client"));
        Assert.DoesNotContain("SeedOrleans.Silo", Uses("Client"));
        Assert.DoesNotContain("Orleans.Runtime", Uses("Client"));
    }

    /// <summary>Assemblies that the compiled project really uses.</summary>
    private static IEnumerable<string> Uses(string project) =>
        Assembly.Load($"SeedOrleans.{project}").GetReferencedAssemblies().Select(assembly => assembly.Name!);

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.Source(project, $"{project}.csproj")).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
