using System.Text.RegularExpressions;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>Holds docs/protocol.md to the code, both ways.</summary>
public sealed partial class When_the_protocol_is_described
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"));

    [Fact]
    public void Should_name_every_method_and_no_other()
    {
        var methods = RequestCatalogue.All.Select(request => request.Name);

        Assert.Equal(methods.Order(), FirstColumnsOf("## Methods").Order());
    }

    [Fact]
    public void Should_name_every_event_and_no_other()
    {
        var events = typeof(HubEvents).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(events.Order(), FirstColumnsOf("## Events").Where(name => !name.Contains(':')).Order());
    }

    [Fact]
    public void Should_name_every_code_and_no_other()
    {
        var codes = typeof(RefusalCode).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), FirstColumnsOf("## Codes").Order());
    }

    [Fact]
    public void Should_name_every_permission_with_what_it_takes()
    {
        var described = RowsOf("## Roles").SelectMany(cells => cells[0].Split(',').Select(name => $"{name.Trim().Trim('`')} {cells[1]} {cells[2]}"));

        Assert.Equal(RoomPermissions.All.Select(Row).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));

        static string Row(RoomPermission permission)
        {
            var (least, isHosts) = RoomPermissions.DefaultOf(permission);
            return $"{RoomPermissions.NameOf(permission)} `{RoleLadder.NameOf(least)}`{(isHosts ? ", or host" : "")} `{RoleLadder.NameOf(RoomPermissions.FloorOf(permission))}`";
        }
    }

    [Fact]
    public void Should_give_every_limit_its_value()
    {
        var limits = ProtocolLimits.All.ToDictionary(limit => limit.Name, limit => limit.Value);
        var described = RowsOf("## Limits").ToDictionary(cells => cells[0], cells => cells[1]);

        Assert.Equal(limits.OrderBy(one => one.Key), described.OrderBy(one => one.Key));
    }

    private static IEnumerable<string> FirstColumnsOf(string heading) =>
        RowsOf(heading).Select(cells => Code().Match(cells[0])).Where(match => match.Success).Select(match => match.Groups[1].Value);

    /// <summary>The table rows in the sections whose heading starts so, without the head of each table.</summary>
    private static IEnumerable<string[]> RowsOf(string heading)
    {
        var isInside = false;
        var isBody = false;
        foreach (var line in Page.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                isInside = line.StartsWith(heading, StringComparison.Ordinal);
            isBody = line.StartsWith("|---", StringComparison.Ordinal) || (isBody && line.StartsWith('|'));
            if (isInside && isBody && !line.StartsWith("|---", StringComparison.Ordinal))
                yield return [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];
        }
    }

    [GeneratedRegex("^`([^`]+)`")]
    private static partial Regex Code();
}
