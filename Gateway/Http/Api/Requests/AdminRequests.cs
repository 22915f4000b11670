using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>What requests share that are about all of the app.</summary>
internal static class AdminRequests
{
    /// <summary>Null if the token or key allows what is about all of the app.</summary>
    public static Refusal? Refuse<TArguments>(Call call, TArguments arguments) => call.Asker.Grant?.IsAdmin is true
        ? null
        : Refusals.Final(RefusalCode.Forbidden, "The token or key does not allow what is about all of the app.", CapabilitySet.NameOf(Capability.Admin));
}
