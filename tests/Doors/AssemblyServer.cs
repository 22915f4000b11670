using WhatsSound.Tests.Doors;

[assembly: AssemblyFixture(typeof(DoorServer))]
