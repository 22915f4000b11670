using System.Text;
using System.Text.Json;
using WhatsSound.Gateway.Identity;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>
/// A history on its way out, page by page, as its client takes it. A page that cannot be had is waited for as long as the whole may take; then, or where the client does not read, the answer breaks off, so that nobody takes a part for the
/// whole.
/// </summary>
/// <param name="http">Where it goes.</param>
/// <param name="gate">How many there may be.</param>
/// <param name="time">The clock.</param>
/// <param name="read">A page of the room's.</param>
internal sealed class PlaysExport(HttpContext http, ExportGate gate, TimeProvider time, Func<RoomPlaysRequest, Task<Answer<RoomPlaysPage>>> read)
{
    /// <summary>How long a client may take for a page.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take for all of it: a hundred pages.</summary>
    public static readonly TimeSpan ExportTimeout = TimeSpan.FromMinutes(10);

    /// <summary>How long the first page may take, before which there is nothing to break off.</summary>
    private static readonly TimeSpan FirstPageTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Null: it was sent, or broken off; or why nothing was.</summary>
    public async Task<Refusal?> SendAsync(SessionIdentity identity, string roomId, bool isCsv)
    {
        if (gate.IsTooFast(identity, out var retryAfter))
            return Refusals.Retry(RefusalCode.RateLimited, "Too many histories.", retryAfter);
        if (gate.Enter(identity, AddressKey.Of(http.Connection.RemoteIpAddress)) is { } refusal)
            return refusal;
        using var patience = new CancellationTokenSource(ExportTimeout, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            return await SendAsync(roomId, isCsv, over.Token);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
            return null;
        }
        finally
        {
            gate.Leave(identity);
        }
    }

    private async Task<Refusal?> SendAsync(string roomId, bool isCsv, CancellationToken over)
    {
        var first = await ReadAsync(before: null, FirstPageTimeout, over);
        if (first.IsRefused)
            return first.Refusal;
        http.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{roomId}-plays.{(isCsv ? "csv" : "json")}\"";
        http.Response.Headers.CacheControl = "no-store";
        var isFirst = true;
        for (var page = first.Value; ; isFirst = false)
        {
            await WriteAsync(isCsv ? CsvOf(page, isFirst) : JsonOf(page, isFirst), over);
            if (page.Next is not { } before)
                return null;
            var next = await ReadOnAsync(before, over);
            if (next.IsRefused)
            {
                http.Abort();
                return null;
            }

            page = next.Value;
        }
    }

    /// <summary>A part is out already: what may come, is waited for.</summary>
    private async Task<Answer<RoomPlaysPage>> ReadOnAsync(long before, CancellationToken over)
    {
        while (true)
        {
            var page = await ReadAsync(before, Timeout.InfiniteTimeSpan, over);
            if (page is not { Refusal.Retryable: true })
                return page;
            await Task.Delay(Pause, time, over);
        }
    }

    private async Task<Answer<RoomPlaysPage>> ReadAsync(long? before, TimeSpan timeout, CancellationToken over)
    {
        try
        {
            var page = new RoomPlaysRequest { Before = before, CountMax = RoomPlaysRequest.CountBound, IsExport = true };
            return await gate.ReadAsync(() => read(page), timeout, over);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException or StorageUnavailableException)
        {
            return Refusals.Retry(RefusalCode.NotReady, "The room does not answer right now.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>A client that does not read is cut off.</summary>
    private async Task WriteAsync(string text, CancellationToken over)
    {
        try
        {
            await http.Response.WriteAsync(text, over).WaitAsync(SendTimeout, time, over);
        }
        catch (TimeoutException exception)
        {
            throw new OperationCanceledException("The client does not read.", exception);
        }
    }

    private static string CsvOf(RoomPlaysPage page, bool isFirst)
    {
        var csv = new StringBuilder(isFirst ? CsvText.Head : "");
        foreach (var play in page.Plays)
            CsvText.Append(csv, play);
        return csv.ToString();
    }

    /// <summary>A part of one array.</summary>
    private static string JsonOf(RoomPlaysPage page, bool isFirst)
    {
        var json = new StringBuilder(isFirst ? "[" : "");
        foreach (var play in page.Plays)
        {
            json.Append(isFirst ? "\n" : ",\n").Append(JsonSerializer.Serialize(play, WireJson.Default.RoomPlay));
            isFirst = false;
        }

        return (page.Next is null ? json.Append("\n]\n") : json).ToString();
    }
}
