using WhatsSound.Control;

namespace WhatsSound.Tests.Rules.Control;

public sealed class When_tokens_are_revoked
{
    private const long NowMs = 1_000_000;

    private static readonly TokenFacts Ada = new("ada", "t1", KeyName: null, IssuedAtMs: 500_000);

    [Fact]
    public void Should_revoke_nothing_where_nothing_is() => Assert.False(RevocationSet.Empty.IsRevoked(Ada, channel: null));

    [Theory]
    [InlineData(RevocationKind.User, "ada", true)]
    [InlineData(RevocationKind.User, "bob", false)]
    [InlineData(RevocationKind.User, "t1", false)]
    [InlineData(RevocationKind.Token, "t1", true)]
    [InlineData(RevocationKind.Token, "ada", false)]
    [InlineData(RevocationKind.Key, "ada", false)]
    [InlineData(RevocationKind.Everybody, null, true)]
    public void Should_be_about_whom_it_names(RevocationKind kind, string? value, bool isRevoked) =>
        Assert.Equal(isRevoked, SetOf(new Revocation { Kind = kind, Value = value }).IsRevoked(Ada, channel: null));

    [Fact]
    public void Should_be_about_all_that_a_key_gave() =>
        Assert.True(SetOf(new Revocation { Kind = RevocationKind.Key, Value = "backend" }).IsRevoked(Ada with { KeyName = "backend" }, channel: null));

    [Theory]
    [InlineData(RevocationKind.Everybody, null, false)]
    [InlineData(RevocationKind.User, "ada", true)]
    [InlineData(RevocationKind.Key, "backend", true)]
    public void Should_spare_what_tokens_are_got_with_where_it_is_everybodys_that_are_meant(RevocationKind kind, string? value, bool isRevoked) =>
        Assert.Equal(isRevoked, SetOf(new Revocation { Kind = kind, Value = value }).IsRevoked(new TokenFacts("ada", TokenId: null, "backend", IssuedAtMs: null, IsSecret: true), channel: null));

    [Theory]
    [InlineData(RevocationKind.User, "backend")]
    [InlineData(RevocationKind.Token, "t0")]
    public void Should_be_about_what_a_token_was_asked_for_with(RevocationKind kind, string value) =>
        Assert.True(SetOf(new Revocation { Kind = kind, Value = value }).IsRevoked(Ada with { GiverTokenId = "t0", GiverUserId = "backend" }, channel: null));

    [Fact]
    public void Should_hold_no_more_once_it_is_taken_back()
    {
        var revoked = SetOf(new() { Kind = RevocationKind.User, Value = "ada", Number = 1 }, new() { Kind = RevocationKind.User, Value = "bob", Number = 2 });

        var less = revoked.With([new() { Kind = RevocationKind.User, Value = "ada", Number = 3, UntilMs = NowMs + 10, IsTakenBack = true }], NowMs);

        Assert.False(less.IsRevoked(Ada, channel: null));
        Assert.Equal("bob", Assert.Single(less.All).Value);
        Assert.True(less.With([new() { Kind = RevocationKind.User, Value = "ada", Number = 4, UntilMs = NowMs + 10 }], NowMs).IsRevoked(Ada, channel: null));
    }

    [Theory]
    [InlineData(499_999L, true)]
    [InlineData(500_000L, false)]
    [InlineData(500_001L, false)]
    [InlineData(null, true)]
    public void Should_spare_what_was_issued_later(long? issuedAtMs, bool isRevoked) =>
        Assert.Equal(isRevoked, SetOf(new Revocation { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = 500_000 }).IsRevoked(Ada with { IssuedAtMs = issuedAtMs }, channel: null));

    [Theory]
    [InlineData("news:today", true)]
    [InlineData("news:today:1", true)]
    [InlineData("score:today", false)]
    [InlineData(null, false)]
    public void Should_be_about_the_channels_that_it_names(string? channel, bool isRevoked) =>
        Assert.Equal(isRevoked, SetOf(new Revocation { Kind = RevocationKind.User, Value = "ada", Channel = "news:*" }).IsRevoked(Ada, channel));

    [Fact]
    public void Should_be_about_every_channel_where_it_names_none() =>
        Assert.True(SetOf(new Revocation { Kind = RevocationKind.User, Value = "ada" }).IsRevoked(Ada, "news:today"));

    [Fact]
    public void Should_be_forgotten_once_every_token_of_then_has_run_out()
    {
        var revoked = SetOf(new Revocation { Kind = RevocationKind.User, Value = "ada", UntilMs = NowMs + 10 });

        Assert.True(revoked.With([], NowMs + 9).IsRevoked(Ada, channel: null));
        Assert.Same(RevocationSet.Empty, revoked.With([], NowMs + 10));
    }

    [Fact]
    public void Should_take_the_newer_of_two_about_the_same()
    {
        var revoked = SetOf(new() { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = 100, Number = 1 }, new() { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = 600_000, Number = 2 });

        Assert.True(revoked.IsRevoked(Ada, channel: null));
        Assert.Equal(2, Assert.Single(revoked.All).Number);
    }

    public static TheoryData<Revocation?, string?> Asked => new()
    {
        { null, "kind" },
        { new() { Kind = (RevocationKind)9, Value = "ada" }, "kind" },
        { new() { Kind = RevocationKind.User }, "value" },
        { new() { Kind = RevocationKind.User, Value = "" }, "value" },
        { new() { Kind = RevocationKind.Token, Value = "a\u0000" }, "value" },
        { new() { Kind = RevocationKind.Key, Value = new string('a', Revocation.ValueCharsMax + 1) }, "value" },
        { new() { Kind = RevocationKind.Everybody, Value = "ada" }, "value" },
        { new() { Kind = RevocationKind.User, Value = "ada", Channel = ":a" }, "channel" },
        { new() { Kind = RevocationKind.User, Value = "ada", Channel = "a*" }, "channel" },
        { new() { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = 0 }, "issuedBeforeMs" },
        { new() { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = NowMs + 600_001 }, "issuedBeforeMs" },
        { new() { Kind = RevocationKind.User, Value = "ada", IssuedBeforeMs = NowMs + 600_000, Channel = "a:*" }, null },
        { new() { Kind = RevocationKind.Everybody }, null },
        { new() { Kind = RevocationKind.Key, Value = new string('a', Revocation.ValueCharsMax) }, null },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public void Should_refuse_what_is_none(Revocation? revocation, string? field)
    {
        var refusal = RevocationRules.Check(revocation, NowMs);

        Assert.Equal((field is null ? null : RefusalCode.BadRequest, field), (refusal?.Code, refusal?.Detail));
    }

    [Theory]
    [InlineData(RevocationKind.User, null, NowMs)]
    [InlineData(RevocationKind.Everybody, null, NowMs)]
    [InlineData(RevocationKind.User, 5L, 5L)]
    [InlineData(RevocationKind.Token, null, null)]
    [InlineData(RevocationKind.Key, null, null)]
    public void Should_let_users_come_back_and_keys_not(RevocationKind kind, long? said, long? beforeMs) =>
        Assert.Equal(beforeMs, RevocationRules.WithTime(new() { Kind = kind, IssuedBeforeMs = said }, NowMs).IssuedBeforeMs);

    private static RevocationSet SetOf(params Revocation[] revocations) =>
        RevocationSet.Empty.With([.. revocations.Select(static one => one.UntilMs == 0 ? one with { UntilMs = long.MaxValue } : one)], NowMs);
}
