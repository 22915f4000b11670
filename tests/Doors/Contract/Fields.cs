using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>The fields of a request, from an object whose members are named as in C#.</summary>
internal static class Fields
{
    private static readonly JsonSerializerOptions Named = new(JsonSerializerDefaults.Web);

    public static JsonElement ToFields(this object members) => JsonSerializer.SerializeToElement(members, Named);
}
