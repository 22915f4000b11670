using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>How many requests are here at once: so many from all, and so many from one address.</summary>
internal sealed class ApiPlaces(IOptions<ApiOptions> options)
{
    private readonly AddressPlaces _places = new(options.Value.AtOnceMax, options.Value.AtOncePerAddressMax);

    /// <summary>Gives the request a place, which it has until that is disposed of; null: there are too many.</summary>
    public IDisposable? Enter(HttpContext http) => _places.TryEnter(http.TraceIdentifier, AddressKey.Of(http.Connection.RemoteIpAddress)) ? new Place(_places, http.TraceIdentifier) : null;

    public static Refusal TooMany() => Refusals.Retry(RefusalCode.RateLimited, "Too many requests at once.", TimeSpan.FromSeconds(1));

    private sealed class Place(AddressPlaces places, string id) : IDisposable
    {
        public void Dispose() => places.Leave(id);
    }
}
