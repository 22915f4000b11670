using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.ApiKeys;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_api_keys_are_configured
{
    private const string Path = "Identity:ApiKeys:0";
    private const string NameForm = $"{Path}:Name must be 1 to 64 letters, digits, dots, hyphens and underscores.";

    [Theory]
    [InlineData("backend", null)]
    [InlineData("Back-end_2.eu", null)]
    [InlineData("", NameForm)]
    [InlineData("back end", NameForm)]
    [InlineData("back:end", NameForm)]
    [InlineData("back,end", NameForm)]
    [InlineData("back\nend", NameForm)]
    [InlineData("bäckend", NameForm)]
    public void Should_have_a_name_that_fits_between_others(string name, string? problem) => Assert.Equal(problem, ProblemOf(Keys.Key(name)));

    [Fact]
    public void Should_have_a_name_of_64_characters_at_most()
    {
        Assert.Null(ProblemOf(Keys.Key(new string('a', 64))));
        Assert.Equal(NameForm, ProblemOf(Keys.Key(new string('a', 65))));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void Should_have_a_secret_that_nobody_guesses(int bytes, bool isValid) =>
        Assert.Equal(isValid ? null : $"{Path}:Secrets:0 must have 32 to 1024 bytes.", ProblemOf(Keys.Key(Keys.Name, new string('x', bytes))));

    [Fact]
    public void Should_have_one_secret_or_two()
    {
        var none = Keys.Key();
        none.Secrets.Clear();

        Assert.Equal($"{Path}:Secrets has 0; it must be one, or 2 while it is changed.", ProblemOf(none));
        Assert.Null(ProblemOf(Keys.Key(Keys.Name, Keys.Secret, Keys.OtherSecret)));
        Assert.Equal($"{Path}:Secrets has 3; it must be one, or 2 while it is changed.", ProblemOf(Keys.Key(Keys.Name, Keys.Secret, Keys.OtherSecret, "a third one, which is one too many for a key")));
    }

    [Theory]
    [InlineData("news:*=publish", true)]
    [InlineData("*=subscribe,publish,presence,admin", true)]
    [InlineData("*=publish, subscribe", true)]
    [InlineData("*", false)]
    [InlineData("*=", false)]
    [InlineData("*=everything", false)]
    [InlineData("*=Publish", false)]
    [InlineData("=publish", false)]
    [InlineData("[app]news=publish", false)]
    public void Should_say_what_it_may(string capability, bool isValid)
    {
        var key = Keys.Key();
        key.Capabilities.Clear();
        key.Capabilities.Add(capability);

        Assert.Equal(
            isValid ? null : $"{Path}:Capabilities:0 is '{capability}'; it must be a pattern of channels and what is allowed there, of subscribe, publish, presence, admin: room:*=subscribe,publish.",
            ProblemOf(key));
    }

    [Fact]
    public void Should_say_that_it_may_something()
    {
        var key = Keys.Key();
        key.Capabilities.Clear();

        Assert.Equal($"{Path}:Capabilities has 0; it must be 1 to 64: a key may do what it says, and nothing else.", ProblemOf(key));
    }

    [Fact]
    public void Should_say_each_pattern_once()
    {
        var key = Keys.Key();
        key.Capabilities.Add("news:*=presence");

        Assert.Equal($"{Path}:Capabilities has 'news:*' twice; it must be there once, with all that is allowed.", ProblemOf(key));
    }

    [Fact]
    public void Should_be_told_apart() =>
        Assert.Equal("Identity:ApiKeys has two keys with the name 'backend'.", ProblemOf(Keys.Key(), Keys.Key(Keys.Name, Keys.OtherSecret)));

    [Fact]
    public void Should_have_no_secret_in_common_nor_that_of_tokens()
    {
        const string Problem = "Identity:ApiKeys has a secret twice, or Identity:SigningKey as one: each key needs one of its own.";

        Assert.Equal(Problem, ProblemOf(Keys.Key(), Keys.Key("other")));
        Assert.Equal(Problem, ProblemOf(Keys.Key(Keys.Name, Keys.Secret, Keys.Secret)));
        Assert.Equal(Problem, ProblemOf(Keys.Key(Keys.Name, Verification.Secret)));
    }

    [Fact]
    public void Should_show_no_secret()
    {
        var key = Keys.Key("", "hidden", "hidden");
        key.Capabilities.Clear();

        Assert.DoesNotContain("hidden", ProblemOf(key), StringComparison.Ordinal);
    }

    private static string? ProblemOf(params ApiKeyOptions[] keys)
    {
        var settings = Verification.Of();
        foreach (var key in keys)
            settings.ApiKeys.Add(key);
        return new ApiKeyValidation().Validate(null, settings).FailureMessage;
    }
}
