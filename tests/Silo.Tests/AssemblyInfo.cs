using Xunit.v3;

// Silo processes are many and slow to start; one cluster at a time.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
