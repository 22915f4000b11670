using WhatsSound.Gateway.Hosting;

// A gateway of its own, in front of a cluster of silos. In one process with a silo, Silo/WhatsSoundHost.cs puts the same services into its host.
return await GatewayHost.Program.RunAsync(args);
