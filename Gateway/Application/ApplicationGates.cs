using System.Collections.Frozen;

namespace WhatsSound.Gateway.Application;

/// <summary>A gate for each kind of call, so that an app that cannot answer one, or somebody who has it fail at one, keeps nobody from the others.</summary>
internal sealed class ApplicationGates(ApplicationOptions options, TimeProvider time)
{
    private readonly FrozenDictionary<ApplicationCall, ApplicationGate> _gates =
        Enum.GetValues<ApplicationCall>().ToFrozenDictionary(static call => call, _ => new ApplicationGate(options, time));

    public ApplicationGate Of(ApplicationCall call) => _gates[call];
}
