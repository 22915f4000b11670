using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>A server may show its key itself, where nobody can listen.</summary>
public sealed class When_a_key_is_shown
{
    [Theory]
    [InlineData(Keys.Name, Keys.Secret, null)]
    [InlineData(Keys.Name, Keys.OtherSecret, "KEY_INVALID")]
    [InlineData(Keys.Name, "", "KEY_INVALID")]
    [InlineData(Keys.Name, Keys.Secret + " ", "KEY_INVALID")]
    [InlineData("Backend", Keys.Secret, "KEY_INVALID")]
    [InlineData("nobody", Keys.Secret, "KEY_INVALID")]
    [InlineData("", Keys.Secret, "KEY_INVALID")]
    [InlineData("nobody", "", "KEY_INVALID")]
    public async Task Should_need_its_secret(string name, string secret, string? code)
    {
        using var keys = new Keys(Keys.Key());

        Assert.Equal(code, await keys.CodeOfAsync(new Credential.Secret(name, secret)));
    }

    [Fact]
    public async Task Should_be_answered_the_same_for_a_name_that_no_key_has()
    {
        using var keys = new Keys(Keys.Key());

        Assert.Equal((await keys.VerifyAsync(new Credential.Secret(Keys.Name, "wrong"))).Refusal, (await keys.VerifyAsync(new Credential.Secret("nobody", "wrong"))).Refusal);
    }

    [Fact]
    public async Task Should_have_no_use_of_a_token_and_the_other_way_round()
    {
        using var keys = new Keys(Keys.Key());
        var token = TokenSigner.Secret(Verification.Secret).Sign(keys.Tokens.Ada());

        Assert.Equal("ada", ((SessionIdentity?)(await keys.VerifyAsync(new Credential.Token(token))).Value)?.UserId);
        Assert.Equal("TOKEN_INVALID", await keys.CodeOfAsync(new Credential.Token($"{Keys.Name}:{Keys.Secret}")));
        Assert.Equal("KEY_INVALID", await keys.CodeOfAsync(new Credential.Secret(Keys.Name, Verification.Secret)));
    }
}
