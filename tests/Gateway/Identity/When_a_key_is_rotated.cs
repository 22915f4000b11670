using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>A key has two secrets while its servers change from one to the other, so that no request of theirs is refused meanwhile.</summary>
public sealed class When_a_key_is_rotated
{
    [Fact]
    public async Task Should_take_both_secrets_while_there_are_both()
    {
        using var before = new Keys(Keys.Key());
        using var meanwhile = new Keys(before.Cluster, Keys.Key(Keys.Name, Keys.Secret, Keys.OtherSecret));
        using var after = new Keys(before.Cluster, Keys.Key(Keys.Name, Keys.OtherSecret));

        Assert.Equal((null, "SIGNATURE_INVALID"), await CodesOfAsync(before));
        Assert.Equal((null, null), await CodesOfAsync(meanwhile));
        Assert.Equal(("SIGNATURE_INVALID", null), await CodesOfAsync(after));
    }

    [Fact]
    public async Task Should_take_both_as_they_are()
    {
        using var keys = new Keys(Keys.Key(Keys.Name, Keys.Secret, Keys.OtherSecret));

        Assert.Equal(Keys.Name, (await keys.VerifyAsync(new Credential.Secret(Keys.Name, Keys.Secret))).Value?.KeyName);
        Assert.Equal(Keys.Name, (await keys.VerifyAsync(new Credential.Secret(Keys.Name, Keys.OtherSecret))).Value?.KeyName);
    }

    /// <summary>A request that was taken is taken no more by another name of the same secret.</summary>
    [Fact]
    public async Task Should_remember_what_was_taken_before()
    {
        using var before = new Keys(Keys.Key());
        using var meanwhile = new Keys(before.Cluster, Keys.Key(Keys.Name, Keys.OtherSecret, Keys.Secret));
        var signed = Keys.Sign(before.NowMs);
        await before.VerifyAsync(signed);

        Assert.Equal("REPLAYED", await meanwhile.CodeOfAsync(signed));
    }

    private static async Task<(string? ByFirst, string? BySecond)> CodesOfAsync(Keys keys)
    {
        var nonce = Guid.NewGuid().ToString("N");
        return (await keys.CodeOfAsync(Keys.Sign(keys.NowMs, nonce: nonce)), await keys.CodeOfAsync(Keys.Sign(keys.NowMs, secret: Keys.OtherSecret, nonce: nonce)));
    }
}
