using System.Reflection;
using Orleans.Concurrency;
using WhatsSound.Presence;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>
/// The network between gateways and grains, and between grains: a filter around every call of the product that lets it come late, not at all, without its
/// answer, or twice. A caller whose call or answer is lost learns of it as in life: by a timeout.
/// </summary>
internal sealed class Network(Dice dice, Rates rates, StormClock clock) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    /// <summary>Longer than any of the product's own timeouts.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Set where a gateway's own work begins: a process that has died calls nobody.</summary>
    public static AsyncLocal<GatewayLife?> Caller { get; } = new();

    /// <summary>Calls that a mutant swallows, as if they had never been written.</summary>
    public Predicate<IGrainCallContext> Swallows { get; set; } = static _ => false;

    /// <summary>What a mutant does to a call before it reaches its grain.</summary>
    public Func<IIncomingGrainCallContext, Task> Bends { get; set; } = static _ => Task.CompletedTask;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!IsOfTheProduct(context))
        {
            await context.Invoke();
            return;
        }

        var kind = $"{context.InterfaceName}.{context.MethodName}";
        if (dice.Hits($"late {kind}", rates.Delay))
            await clock.HoldAsync(rates.DelayMax * dice.Next($"how late {kind}"));
        if (Swallows(context) || dice.Hits($"lost {kind}", rates.CallLoss))
        {
            await LoseAsync(context);
            return;
        }

        // A grain has no gateway's life, whatever flowed into the connection by which it was called.
        if (context.SourceId is null)
            Caller.Value?.ThrowIfOver();
        await clock.WorkAsync(context.Invoke);

        if (!IsOneWay(context) && dice.Hits($"unanswered {kind}", rates.AnswerLoss))
            await LoseAsync(context);
    }

    /// <summary>Takes down what the room is told of its members: nothing else shows it.</summary>
    public Action<string> Tells { get; set; } = static _ => { };

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (IsOfTheProduct(context))
        {
            await Bends(context);
            if (dice.Hits($"twice {context.InterfaceName}.{context.MethodName}", rates.Doubling))
                await context.Invoke();
        }

        await context.Invoke();
        TellPresence(context);
    }

    private void TellPresence(IIncomingGrainCallContext context)
    {
        if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is PresenceDelta delta)
            Tells($"the room is told of {delta.PreviousVersion} to {delta.Version}: joined {string.Join(' ', delta.Joined)}, left {string.Join(' ', delta.Left)}");
        else if (context.Result is PresenceRoster roster)
            Tells($"the room asked after {context.Request.GetArgument(1)}, and is at {roster.Version} of {roster.FirstVersion}: {(roster.IsUnchanged ? "unchanged" : string.Join(' ', roster.Members.Select(member => member.UserId)))}");
    }

    private async Task LoseAsync(IOutgoingGrainCallContext context)
    {
        if (IsOneWay(context))
        {
            context.Result = null;
            return;
        }

        await clock.HoldAsync(ResponseTimeout);
        throw new TimeoutException($"The network lost {context.InterfaceName}.{context.MethodName}.");
    }

    private static bool IsOfTheProduct(IGrainCallContext context) =>
        context.InterfaceMethod?.DeclaringType?.Namespace?.StartsWith("WhatsSound", StringComparison.Ordinal) == true;

    private static bool IsOneWay(IGrainCallContext context) => context.InterfaceMethod.GetCustomAttribute<OneWayAttribute>() is not null;
}
