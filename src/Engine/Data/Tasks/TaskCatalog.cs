using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tasks.Arithmetic;
using SeedOrleans.Engine.Data.Tasks.Cryptic;
using SeedOrleans.Engine.Data.Tasks.Graph;
using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Judging;
using SeedOrleans.Engine.Data.Tasks.Logic;
using SeedOrleans.Engine.Data.Tasks.Programs;
using SeedOrleans.Engine.Data.Tasks.Search;
using SeedOrleans.Engine.Data.Tasks.Sequential;
using SeedOrleans.Engine.Data.Tasks.Writing;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>The tasks there are, family by family.</summary>
public static class TaskCatalog
{
    public static ImmutableArray<ITask> All { get; } =
    [
        new AdditionTask(),
        new MultiplicationTask(),
        new ModularTask(),
        new LinearEquationTask(),
        new CountdownTask(),
        new MakeTwentyFourTask(),
        new MissingOperatorsTask(),
        new CryptarithmTask(),
        new FactorizationTask(),
        new BaseConversionTask(),

        new CaesarTask(),
        new VigenereTask(),
        new SubstitutionTask(),
        new RailFenceTask(),
        new RunLengthTask(),
        new AnagramTask(),

        new KnightsAndKnavesTask(),
        new OrderingTask(),
        new ZebraTask(),
        new TruthTableTask(),
        new SatisfiabilityTask(),
        new MastermindTask(),

        new SudokuTask(),
        new FutoshikiTask(),
        new SkyscrapersTask(),
        new BinaryPuzzleTask(),
        new QueensTask(),
        new KakurasuTask(),
        new NonogramTask(),
        new MinesweeperTask(),
        new GameOfLifeTask(),
        new GridTransformTask(),

        new ShortestPathTask(),
        new SpanningTreeTask(),
        new ComponentsTask(),
        new TopologicalOrderTask(),
        new HamiltonianPathTask(),
        new ColoringTask(),
        new TwoColoringTask(),

        new MazeTask(),
        new WordSearchTask(),
        new SlidingPuzzleTask(),
        new LightsOutTask(),
        new WaterJugsTask(),
        new SubsetSumTask(),
        new KnightPathTask(),

        new SequenceTask(),
        new WordSortTask(),
        new BracketsTask(),
        new StackMachineTask(),
        new TransducerTask(),
        new SwapsTask(),
        new RobotWalkTask(),
        new CalendarTask(),

        new EquivalenceTask("equivalence"),
        new EquivalenceTask("equivalence-at-sight", isAtSight: true),
        new EquivalenceTask("equivalence-new-forms", hasNewForms: true),
        new PreferenceTask(),

        new FormulaProgramTask(),
        new ExampleProgramTask(),

        new SayTask("say"),
        new SayTask("say-preferred", isPreferred: true),
    ];

    /// <exception cref="UnknownTaskException">No task has this name.</exception>
    public static ITask Find(string name) =>
        All.FirstOrDefault(task => task.Name == name)
        ?? throw new UnknownTaskException(name, [.. All.Select(task => task.Name)]);
}
