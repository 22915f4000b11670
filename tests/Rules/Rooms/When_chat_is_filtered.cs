using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public sealed class When_chat_is_filtered
{
    [Theory]
    [InlineData("what the HECK is this", true)]
    [InlineData("heck!", true)]
    [InlineData("scheckered hecks heck1", false)]
    [InlineData("he ck", false)]
    [InlineData("STRA\u00DFE CAF\u00C9", true)]
    [InlineData("h\u200Be\u00ADc\u2060k", true)]
    [InlineData("\u200Dheck\uFE0F", true)]
    [InlineData("h\u034Feck\U000E0061", true)]
    [InlineData("h\u00E9ck h\u0065\u0301ck", true)]
    [InlineData("\uFF48\uFF45\uFF43\uFF4B", true)]
    [InlineData("\U0001D525\U0001D522\U0001D520\U0001D528", true)]
    [InlineData("\u24D7\u24D4\u24D2\u24DA", true)]
    [InlineData("cafe", true)]
    [InlineData("he\u200B ck", false)]
    [InlineData("\u2764\uFE0F", false)]
    public void Should_refuse_words_of_the_list_and_no_others(string text, bool isRefused)
    {
        var (_, refusal) = Filters(false, "heck", "caf\u00E9").Judge(Draft(text));

        Assert.Equal(isRefused ? (RefusalCode.Filtered, "words") : (null, null), (refusal?.Code, refusal?.Detail));
    }

    [Theory]
    [InlineData("ano", "feliz a\u00F1o", false)]
    [InlineData("ano", "feliz an\u0303o", false)]
    [InlineData("a\u00F1o", "feliz AN\u0303O", true)]
    [InlineData("a\u00F1o", "ano", false)]
    [InlineData("\u0930\u0902\u0921\u0940", "\u0930\u094B\u0921", false)]
    [InlineData("\u0930\u0902\u0921\u0940", "\u0930\u0902\u0921\u0940", true)]
    public void Should_know_letters_from_their_like(string word, string text, bool isRefused) =>
        Assert.Equal(isRefused ? RefusalCode.Filtered : null, Filters(false, word).Judge(Draft(text)).Refusal?.Code);

    [Fact]
    public void Should_say_asterisks_instead_where_that_is_set() =>
        Assert.Equal(("what the ****, \U0001F525 ****?", null), Filters(true, "heck", "caf\u00E9").Judge(Draft("what the Heck, \U0001F525 caf\u00E9?")));

    [Fact]
    public void Should_ask_each_filter_what_the_one_before_has_left()
    {
        var filters = new ChatFilters([new Saying(static draft => ChatVerdict.Replace($"{draft.Text} b")), new Saying(static draft => ChatVerdict.Replace($"{draft.Text} c"))]);

        Assert.Equal(("a b c", null), filters.Judge(Draft("a")));
    }

    [Fact]
    public void Should_take_no_replacement_that_is_no_text()
    {
        foreach (var text in (string[])["\u200B", new string('x', 501), "\u0007"])
            Assert.Equal(RefusalCode.Filtered, new ChatFilters([new Saying(_ => ChatVerdict.Replace(text))]).Judge(Draft("a")).Refusal?.Code);
    }

    [Fact]
    public void Should_ask_nobody_after_a_refusal()
    {
        var filters = new ChatFilters([new Saying(static _ => ChatVerdict.Refuse("spam")), new Saying(static _ => throw new InvalidOperationException())]);

        Assert.Equal("spam", filters.Judge(Draft("a")).Refusal?.Detail);
    }

    [Fact]
    public void Should_have_a_bounded_list_of_words()
    {
        var options = new ChatOptions();
        foreach (var word in (string[])["two words", "", new string('x', 65), "good"])
            options.BlockedWords.Add(word);
        for (var number = 0; number < ChatOptions.BlockedWordsMax; number++)
            options.BlockedWords.Add($"{number}");

        Assert.Equal(4, options.Validate(new ValidationContext(options)).Count());
    }

    private static ChatDraft Draft(string text) => new("room", "user", text, IsEdit: false);

    private static ChatFilters Filters(bool replaces, params string[] words)
    {
        var options = new ChatOptions { ReplacesBlockedWords = replaces };
        foreach (var word in words)
            options.BlockedWords.Add(word);
        return new([new WordFilter(Options.Create(options))]);
    }

    private sealed class Saying(Func<ChatDraft, ChatVerdict> judge) : IChatFilter
    {
        public ChatVerdict Judge(ChatDraft draft) => judge(draft);
    }
}
