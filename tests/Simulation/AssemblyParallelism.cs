// Each test drives a cluster and its clock as fast as the machine allows: two at once would only take each other's time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
