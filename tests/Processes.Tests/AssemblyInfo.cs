using Xunit.Sdk;
using Xunit.v3;

// One cluster keeps a small machine busy; two at once take as long as one after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]
