using System.Net;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Control;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Users;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_a_guest_comes
{
    private const string Address = "192.0.2.1";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeRevocations _revocations = new();
    private readonly TokenVerifier _verifier;
    private readonly GuestDesk _desk;

    public When_a_guest_comes()
    {
        var options = Options.Create(new IdentityOptions { SigningKey = "a key for tests that is long enough to sign with" });
        _verifier = new TokenVerifier(new SigningKey(options), new KeySources([], options.Value.Keys, isDevelopment: false, _time, NullLoggerFactory.Instance), NoRevocations.Instance, options, _time);
        _desk = DeskOf(options);
    }

    [Fact]
    public async Task Should_be_who_the_server_says_under_the_name_they_gave()
    {
        var guest = _desk.Admit(Address, "Ann", secret: null).Value!;
        var identity = Assert.IsType<SessionIdentity>((await _verifier.VerifyAsync(guest.Token)).Value);

        Assert.Matches("^guest-[0-9a-f]{32}$", guest.UserId);
        Assert.True(UserId.IsValid(guest.UserId));
        Assert.Equal((guest.UserId, "Ann"), (identity.UserId, identity.DisplayName));
        Assert.Equal(_time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), guest.ExpiresAtMs);
        Assert.NotEqual(guest.UserId, _desk.Admit(Address, "Ann", secret: null).Value!.UserId);
    }

    [Fact]
    public async Task Should_be_allowed_rooms_and_what_is_said_to_them_and_nothing_else()
    {
        var guest = _desk.Admit(Address, "Ann", secret: null).Value!;
        var identity = Assert.IsType<SessionIdentity>((await _verifier.VerifyAsync(guest.Token)).Value);

        Assert.True(identity.Allows(Capability.Subscribe | Capability.Publish | Capability.Presence, "room:jazz"));
        Assert.True(identity.Allows(Capability.Subscribe, "room:jazz:chat"));
        Assert.True(identity.Allows(Capability.Subscribe, $"user:{guest.UserId}:notifications"));
        Assert.False(identity.Allows(Capability.Publish, $"user:{guest.UserId}:notifications"));
        Assert.False(identity.Allows(Capability.Subscribe, "news"));
        Assert.False(identity.Allows(Capability.Publish, "news"));
    }

    [Fact]
    public void Should_stay_who_they_are_with_the_secret_also_at_another_gateway_and_long_after_the_token()
    {
        var guest = _desk.Admit(Address, "Ann", secret: null).Value!;
        _time.Advance(TimeSpan.FromDays(400));
        var elsewhere = DeskOf(Options.Create(new IdentityOptions { SigningKey = "a key for tests that is long enough to sign with" }));

        var again = elsewhere.Admit("198.51.100.7", "Anna", guest.Secret).Value!;

        Assert.Equal((guest.UserId, guest.Secret), (again.UserId, again.Secret));
    }

    [Fact]
    public void Should_not_come_back_by_the_secret_once_they_are_revoked_whenever_that_was()
    {
        var (ann, bob) = (_desk.Admit(Address, "Ann", secret: null).Value!, _desk.Admit(Address, "Bob", secret: null).Value!);
        var revoked = RevocationSet.Empty.With(
            [
                new Revocation { Kind = RevocationKind.User, Value = ann.UserId, IssuedBeforeMs = 1, UntilMs = long.MaxValue },
                new Revocation { Kind = RevocationKind.Everybody, IssuedBeforeMs = 1, UntilMs = long.MaxValue },
            ],
            nowMs: 0);
        _revocations.Revoked = facts => revoked.IsRevoked(facts, channel: null);

        Assert.Equal(RefusalCode.TokenRevoked, _desk.Admit(Address, "Ann", ann.Secret).Refusal?.Code);
        Assert.Null(_desk.Admit(Address, "Bob", bob.Secret).Refusal);
    }

    [Fact]
    public async Task Should_not_be_anybody_by_a_secret_that_is_not_a_guests()
    {
        var ann = _desk.Admit(Address, "Ann", secret: null).Value!;
        var bob = _desk.Admit(Address, "Bob", secret: null).Value!;
        var otherKey = DeskOf(Options.Create(new IdentityOptions { SigningKey = "another key that is also long enough for this" }));

        string[] forged =
        [
            "", "guest-", ".", "guest-.", ann.UserId, ann.Token, $"{ann.UserId}.", bob.UserId + ann.Secret[ann.UserId.Length..],
            ann.Secret[..^1], ann.Secret + "A", ann.Secret + ".", ann.Secret.ToUpperInvariant(), "ada" + ann.Secret[ann.UserId.Length..],
        ];

        Assert.All(forged, secret => Assert.Equal(RefusalCode.TokenInvalid, _desk.Admit("a", "Eve", secret).Refusal?.Code));
        Assert.Equal(RefusalCode.TokenInvalid, otherKey.Admit("a", "Ann", ann.Secret).Refusal?.Code);
        Assert.Equal(RefusalCode.TokenInvalid, (await _verifier.VerifyAsync(ann.Secret)).Refusal?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u200b")]
    [InlineData("a\nb")]
    [InlineData("a\u202eb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Should_have_a_name_that_people_can_see(string name) =>
        Assert.Equal((RefusalCode.BadRequest, "name"), (_desk.Admit(Address, name, secret: null).Refusal?.Code, _desk.Admit(Address, name, secret: null).Refusal?.Detail));

    [Fact]
    public void Should_be_one_of_so_many_from_an_address()
    {
        for (var i = 0; i < 60; i++)
            Assert.Null(_desk.Admit(Address, "Ann", secret: null).Refusal);
        var refused = _desk.Admit(Address, "Ann", secret: null).Refusal!;

        Assert.Equal((RefusalCode.RateLimited, true), (refused.Code, refused.Retryable));
        Assert.Null(_desk.Admit("192.0.2.2", "Bob", secret: null).Refusal);
        _time.Advance(TimeSpan.FromMilliseconds(refused.RetryAfterMs!.Value));
        Assert.Null(_desk.Admit(Address, "Ann", secret: null).Refusal);
    }

    [Fact]
    public void Should_still_come_back_where_no_new_one_may_come()
    {
        var ann = _desk.Admit(Address, "Ann", secret: null).Value!;
        while (_desk.Admit(Address, "Eve", secret: null).Refusal is null)
        {
        }

        Assert.Equal(ann.UserId, _desk.Admit(Address, "Ann", ann.Secret).Value?.UserId);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Should_be_counted_by_what_one_subscriber_has(string one, string other, bool isSame) =>
        Assert.Equal(isSame, AddressKey.Of(IPAddress.Parse(one)) == AddressKey.Of(IPAddress.Parse(other)));

    [Theory]
    [InlineData("Production", null, false)]
    [InlineData("Production", true, true)]
    [InlineData("Development", null, true)]
    [InlineData("Development", false, false)]
    public void Should_be_let_in_only_where_somebody_said_so_but_for_development(string environment, bool? configured, bool isOpen)
    {
        var options = new IdentityOptions { SigningKey = "a key for tests that is long enough to sign with" };
        options.Guests.Enabled = configured;

        new GuestsByEnvironment(new HostingEnvironment { EnvironmentName = environment }).PostConfigure(null, options);

        Assert.Equal(isOpen, DeskOf(Options.Create(options)).IsOpen);
    }

    private GuestDesk DeskOf(IOptions<IdentityOptions> options) => new(new GuestSecrets(options), new TokenIssuer(new SigningKey(options), options, _time), _revocations, options, _time);
}
