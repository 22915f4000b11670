using Microsoft.Extensions.Options;
using WhatsSound.Channels;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The connections that stay without a user, of all doors. They are let stay only where some channel's rule gives them something, up to so many, and so many from one address; whoever finds no place
/// is one of the <see cref="Strangers"/>.
/// </summary>
internal sealed class AnonymousSessions(IRuleBook rules, IOptions<SessionLimits> options)
{
    private readonly AddressPlaces _places = new(options.Value.AnonymousMax, options.Value.AnonymousPerAddressMax);

    /// <summary>Whether there is anything for them.</summary>
    public bool IsAny => rules.HasAnonymous;

    /// <summary>Gives the connection a place; whoever has one leaves. False: there is nothing for it, or there are too many.</summary>
    public bool TryEnter(string connectionId, string addressKey) => rules.HasAnonymous && _places.TryEnter(connectionId, addressKey);

    /// <summary>Why a connection has found no place.</summary>
    public Refusal TooMany() => Refusals.Limit(RefusalCode.ConnectionLimit, "There are as many connections without a user as the server takes.", options.Value.AnonymousMax);

    /// <summary>The connection is somebody's, or gone.</summary>
    public void Leave(string connectionId) => _places.Leave(connectionId);
}
