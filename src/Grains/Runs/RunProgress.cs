using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where a run is; written by its loop, read by whoever asks.</summary>
internal sealed class RunProgress
{
    public RunStatus Status { get; set; } = RunStatus.Pending;

    /// <summary>Training steps done.</summary>
    public int Step { get; set; }

    public double? EvaluationBefore { get; private set; }

    public double? EvaluationAfter { get; private set; }

    public string Error { get; set; } = "";

    public bool IsFinished => Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Stopped;

    public void Evaluated(double passAtOne)
    {
        if (EvaluationBefore is null)
            EvaluationBefore = passAtOne;
        else
            EvaluationAfter = passAtOne;
    }
}
