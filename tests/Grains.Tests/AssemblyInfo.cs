using SeedOrleans.Grains.Tests;
using Xunit.Sdk;
using Xunit.v3;

// The promises are about time as well, so tests do not compete for the processor.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ClusterFixture))]
