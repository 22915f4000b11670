using System.Net.Http.Json;
using System.Text.Json;
using WhatsSound.Client;
using Console = Readme.Examples.ReadmeConsole;

namespace Readme.Examples;

/// <summary>The program that the README of the .NET client prints; a test holds the two to each other.</summary>
internal static class ReadmeProgram
{
    public static async Task RunAsync(Uri server)
    {
        // Your app asks its own server, which knows who its user is. Here anybody gets a token, but on this machine and in Development only.
        async Task<string> FetchTokenAsync(CancellationToken cancellationToken)
        {
            using var http = new HttpClient();
            using var answer = await http.PostAsJsonAsync(new Uri(server, "/dev/token"), new { userId = "ada", name = "Ada" }, cancellationToken);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("token").GetString()!;
        }

        await using var connection = new Connection(new ConnectionOptions { Url = new Uri(server, "/hub"), Token = FetchTokenAsync });
        connection.Failed += exception => Console.WriteLine($"not connected: {exception.Message}"); // each attempt that fails
        _ = (await connection.StartAsync()).Value; // throws what keeps it from ever being live; see below

        var heardAll = new TaskCompletionSource();
        var lobby = connection.Channel("lobby:1");
        lobby.Attached += verdict => Console.WriteLine($"{verdict.Verdict}, {verdict.Applied} from before");
        lobby.Published += publication =>
        {
            var bytes = publication.ReadBytes();
            Console.WriteLine($"{publication.Event}: {publication.ReadText() ?? (bytes is null ? publication.Data.ToString() : $"{bytes.Length} bytes")}");
            if (publication.Event == "bye")
                heardAll.TrySetResult();
        };
        await lobby.SubscribeAsync(new SubscribeOptions { RewindCount = 20 });

        var published = await lobby.PublishAsync("said", JsonSerializer.SerializeToElement(new { text = "hello" }));
        Console.WriteLine(published.IsRefused ? published.Refusal.Code : $"published at {published.Value.Position.Offset}");
        await lobby.PublishTextAsync("note", "as it is", new PublishOptions { Headers = new Dictionary<string, string> { ["lang"] = "en" } });
        await lobby.PublishBytesAsync(null, new byte[] { 1, 2, 3 });

        lobby.Presence.Joined += member => Console.WriteLine($"{member.DisplayName} is here");
        await lobby.Presence.GetAsync(); // who comes after this is told as joined, this user too
        await lobby.Presence.EnterAsync(JsonSerializer.SerializeToElement(new { mood = "curious" }));
        Console.WriteLine($"{lobby.Presence.Count} here, I am {lobby.Presence.Me?.DisplayName}");
        foreach (var member in lobby.Presence.Members)
            Console.WriteLine($"{member.UserId} {member.Info}");

        await foreach (var page in lobby.HistoryPagesAsync(new HistoryOptions { IsForward = true, Max = 500 }))
            Console.WriteLine($"the first of {page.Value.Publications.Count} was {page.Value.Publications[0].Event}");

        await lobby.PublishAsync("bye", JsonSerializer.SerializeToElement(new { }));
        await heardAll.Task;
        await lobby.Presence.LeaveAsync(); // without this the others see the user for 15 s longer

        await connection.CreateRoomAsync("jazz", new RoomSettings("All that jazz"));
        var room = connection.Room("jazz");
        room.Changed += state => Console.WriteLine($"{state.MemberTotal} here");
        await room.JoinAsync();
        await room.SendChatAsync("hello");
        await room.EnqueueAsync([new Track("/tracks/night-bus.wav", "Night Bus", 30_769, "Low Lamps")]);
        await room.PlayAsync();
        Console.WriteLine($"{room.State!.Playback.Status} at {room.State.Playback.PositionAt(connection.Clock.NowMs()) / 1000:F0} s");
    }
}
