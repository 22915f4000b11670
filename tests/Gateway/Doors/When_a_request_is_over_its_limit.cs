using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>What is refused anyway costs no more than its outside: the body is not read.</summary>
public sealed class When_a_request_is_over_its_limit : IDisposable
{
    private readonly FakeGateway _gateway = new(limits: new SessionLimits { CommandBurstMax = 1, CommandsPerSecondMax = 1, ReportsPerSecondMax = 1 });
    private readonly RefusingHubProtocol _protocol;

    public When_a_request_is_over_its_limit()
    {
        var conduct = new SessionConduct(Options.Create(new SessionLimits()), _gateway.Allowances);
        _protocol = new RefusingJsonProtocol(Options.Create(new JsonHubProtocolOptions()), Options.Create(new HubDoorOptions()), conduct).For(_gateway.Connect().Session);
    }

    [Fact]
    public void Should_be_refused_before_its_body_is_read()
    {
        var first = Read("Publish");
        var second = Read("Publish");

        Assert.Equal(("Publish", null, System.Text.Json.JsonValueKind.Object), (first.Request?.Name, first.Refusal, first.Body.ValueKind));
        Assert.Equal((null, RefusalCode.RateLimited, System.Text.Json.JsonValueKind.Undefined), (second.Request?.Name, second.Refusal?.Code, second.Body.ValueKind));
    }

    [Fact]
    public void Should_count_against_what_is_for_its_kind()
    {
        Read("Publish");

        Assert.Null(Read("ReportHostPosition").Refusal);
        Assert.Equal(RefusalCode.RateLimited, Read("Publish").Refusal?.Code);
    }

    public void Dispose() => _gateway.Dispose();

    private HubRequest Read(string method)
    {
        var input = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($$$"""{"type":1,"invocationId":"1","target":"{{{method}}}","arguments":[{"channel":"news"}]}{{{'\u001e'}}}"""));
        Assert.True(_protocol.TryParseMessage(ref input, new NoBinder(), out var message));
        return Assert.IsType<HubRequest>(Assert.Single(Assert.IsType<InvocationMessage>(message).Arguments));
    }

    private sealed class NoBinder : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => throw new NotSupportedException();

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
