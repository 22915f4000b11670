using WhatsSound.Channels;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A channel does not look up the id of a publication: a message that is sent again is said again.</summary>
public sealed class When_the_idempotency_window_is_lost : MutantTests
{
    private int _requests;

    private protected override string Finding => @"^INV-R1: chat-ada-\d+ was answered revision .*, and then revision ";

    private protected override void Mutate(StormWorld world) => world.Network.Bends = context =>
    {
        // Each request has a publisher of its own, so that the window finds no answer to it.
        if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is PublishRequest { Event: RoomEvents.Chat } request)
            context.Request.SetArgument(0, request with { Publisher = $"{request.Publisher}{++_requests}" });
        return Task.CompletedTask;
    };

    private protected override async Task PlayAsync(Scenario scenario)
    {
        var message = scenario.Ada.Chat();
        await scenario.Ada.SendAsync(message);
        await scenario.World.Cluster.DeactivateAsync(scenario.Chat);
        await scenario.Ada.SendAgainAsync(message);
    }
}
