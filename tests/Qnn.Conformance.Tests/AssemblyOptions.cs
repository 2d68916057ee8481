using Xunit.Sdk;
using Xunit.v3;

// The runtime has one worker pool a process: models that run at the same time would find it busy and run on one thread, and the tests of threads would test nothing.
[assembly: Parallelization(Mode = ParallelMode.None)]
