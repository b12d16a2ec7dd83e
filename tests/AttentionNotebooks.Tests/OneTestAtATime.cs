// TorchSharp hands a number to native code by a handle, and nothing keeps the number's owner alive until the call is over. A collection that
// another test's thread causes in between frees it: “Unknown scalar type”. With one test at a time nobody else allocates then.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
