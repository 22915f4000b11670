using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>One numbered message of a channel.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Id">Made by who published it; the same id is the same publication.</param>
/// <param name="TimeMs">Unix milliseconds of the server's clock.</param>
/// <param name="Event">What it is, in the words of who published it.</param>
/// <param name="Data">JSON of any shape, which nobody has checked: see <see cref="Read{T}"/>.</param>
/// <param name="Publisher">The user; null for the server itself.</param>
/// <param name="Key">On a conflated channel the newest of each key is delivered.</param>
public sealed record Publication(long Offset, string Id, long TimeMs, string Event, JsonElement Data, string? Publisher = null, string? Key = null)
{
    /// <summary>The data as a value, or null where it is not one: whoever published it may have written anything.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class => Data.ReadOrNull(type);
}
