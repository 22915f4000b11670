namespace WhatsSound.Tests.Engine.Fixture;

public interface ITestSilo
{
    SiloAddress SiloAddress { get; }

    IServiceProvider Services { get; }
}
