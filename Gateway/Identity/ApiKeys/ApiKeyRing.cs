using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <summary>All API keys, by their names.</summary>
internal sealed class ApiKeyRing(IOptions<IdentityOptions> options)
{
    private readonly FrozenDictionary<string, ApiKey> _byName = options.Value.ApiKeys.ToFrozenDictionary(static key => key.Name, ApiKey.Of, StringComparer.Ordinal);
    private readonly ApiKey _nobodys = ApiKey.Nobodys();

    /// <summary>The key of this name, or one of which nobody has a secret.</summary>
    public ApiKey Find(string name) => _byName.GetValueOrDefault(name, _nobodys);
}
