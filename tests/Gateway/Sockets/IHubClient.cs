using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Somebody who calls the hub's methods with one argument, and is answered <c>{ok, ...}</c>.</summary>
internal interface IHubClient
{
    /// <summary>Calls a method. Throws <see cref="InvalidOperationException"/> if the connection ends first, or the answer is none of ours.</summary>
    Task<JsonElement> CallAsync(string method, object request);
}

/// <summary>What tests ask of an answer.</summary>
internal static class HubAnswers
{
    /// <summary>Calls a method, and answers its result; fails the test if refused.</summary>
    public static async Task<JsonElement> ResultAsync(this IHubClient client, string method, object request)
    {
        var answer = await client.CallAsync(method, request);
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{method}: {answer}");
        return answer.GetProperty("result");
    }

    /// <summary>As <see cref="ResultAsync"/> of something with an id, asked again while it is refused for now, as a client does: silos that have just met may not be ready.</summary>
    public static async Task<JsonElement> ResultInTheEndAsync(this IHubClient client, string method, object request)
    {
        var answer = await Eventually.UntilAsync(() => client.CallAsync(method, request), static answer => !IsRefusedForNow(answer));
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{method}: {answer}");
        return answer.GetProperty("result");
    }

    /// <summary>Calls a method, and answers the code it is refused with; empty if it is not.</summary>
    public static async Task<string> CodeAsync(this IHubClient client, string method, object request) => CodeOf(await client.CallAsync(method, request));

    /// <summary>The code of a refusal; empty if it is none.</summary>
    public static string CodeOf(JsonElement answer) =>
        answer.GetProperty("ok").GetBoolean() ? "" : answer.GetProperty("error").GetProperty("code").GetString()!;

    private static bool IsRefusedForNow(JsonElement answer) => !answer.GetProperty("ok").GetBoolean() && answer.GetProperty("error").GetProperty("retryable").GetBoolean();
}
