using WhatsSound.Tests.Gateway.Sockets;

[assembly: AssemblyFixture(typeof(RunningServer))]
