using WhatsSound.Control;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_a_key_is_taken_back
{
    [Fact]
    public async Task Should_count_no_more_in_any_form_and_use_up_nothing()
    {
        using var keys = new Keys(Keys.Key(), Keys.Key("other", Keys.OtherSecret));
        keys.Tokens.Revocations.Revoked = static facts => facts.KeyName == Keys.Name;

        Assert.Equal("TOKEN_REVOKED", await keys.CodeOfAsync(Keys.Sign(keys.NowMs)));
        Assert.Equal("TOKEN_REVOKED", await keys.CodeOfAsync(new Credential.Secret(Keys.Name, Keys.Secret)));
        Assert.Equal("SIGNATURE_INVALID", await keys.CodeOfAsync(Keys.Sign(keys.NowMs, secret: Keys.OtherSecret)));
        Assert.Equal("KEY_INVALID", await keys.CodeOfAsync(new Credential.Secret(Keys.Name, Keys.OtherSecret)));
        Assert.Null(await keys.CodeOfAsync(Keys.Sign(keys.NowMs, "other", Keys.OtherSecret)));
        Assert.Equal(0, keys.Used.Count);
    }

    /// <summary>Or whoever takes back all tokens of before would have no key left to ask with.</summary>
    [Fact]
    public async Task Should_be_as_new_as_the_request_where_all_of_before_is_taken_back()
    {
        using var keys = new Keys(Keys.Key());
        var revoked = RevocationSet.Empty.With([new Revocation { Kind = RevocationKind.Everybody, IssuedBeforeMs = keys.NowMs, UntilMs = long.MaxValue }], keys.NowMs);
        keys.Tokens.Revocations.Revoked = facts => revoked.IsRevoked(facts, channel: null);

        Assert.Null(await keys.CodeOfAsync(Keys.Sign(keys.NowMs)));
    }

    /// <summary>Its own clock may be behind that of whoever took all back.</summary>
    [Theory]
    [InlineData(RevocationKind.Everybody, null, null)]
    [InlineData(RevocationKind.Key, Keys.Name, "TOKEN_REVOKED")]
    public async Task Should_be_taken_back_as_a_key_alone(RevocationKind kind, string? value, string? code)
    {
        using var keys = new Keys(Keys.Key());
        var revoked = RevocationSet.Empty.With([new Revocation { Kind = kind, Value = value, UntilMs = long.MaxValue }], keys.NowMs);
        keys.Tokens.Revocations.Revoked = facts => revoked.IsRevoked(facts, channel: null);

        Assert.Equal(code, await keys.CodeOfAsync(Keys.Sign(keys.NowMs)));
        Assert.Equal(code, await keys.CodeOfAsync(new Credential.Secret(Keys.Name, Keys.Secret)));
    }

    [Fact]
    public async Task Should_not_count_where_it_is_taken_back_while_it_is_asked_whether_the_signature_was_used()
    {
        using var keys = new Keys(Keys.Key());
        keys.Used.Fault = () =>
        {
            keys.Tokens.Revocations.Revoked = static facts => facts.KeyName == Keys.Name;
            return Task.CompletedTask;
        };

        Assert.Equal("TOKEN_REVOKED", await keys.CodeOfAsync(Keys.Sign(keys.NowMs)));
    }

    [Fact]
    public async Task Should_not_count_while_nobody_knows_and_the_deployment_wants_it_so()
    {
        using var keys = new Keys(Keys.Key());
        keys.Tokens.Revocations.IsClosed = true;

        Assert.Equal("NOT_READY", await keys.CodeOfAsync(Keys.Sign(keys.NowMs)));
    }
}
