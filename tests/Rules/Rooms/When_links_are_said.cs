using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>What is not marked is text, so nothing but an address over http or https is ever a link.</summary>
public sealed class When_links_are_said
{
    [Theory]
    [InlineData("see https://a.example/x?y=1#z now", "https://a.example/x?y=1#z")]
    [InlineData("HTTP://A.EXAMPLE", "HTTP://A.EXAMPLE")]
    [InlineData("(https://a.example/b).", "https://a.example/b")]
    [InlineData("https://a.example, http://b.example!", "https://a.example http://b.example")]
    [InlineData("\U0001F525 https://a.example/\U0001F525", "https://a.example/\U0001F525")]
    [InlineData("xhttps://a.example", "https://a.example")]
    [InlineData("<https://a.example>", "https://a.example")]
    public void Should_mark_addresses_as_they_are_written(string text, string links) => Assert.Equal(links, Linked(text));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("file:///etc/passwd ftp://a.example ws://a.example")]
    [InlineData("www.a.example a.example")]
    [InlineData("https:// http://")]
    [InlineData("https://bank.example@evil.example/login")]
    [InlineData("https://user:secret@evil.example")]
    [InlineData("https://\u202Eelpmaxe.a")]
    [InlineData("https:/\n/a.example")]
    [InlineData("https://[not-an-address")]
    public void Should_mark_nothing_else(string text) => Assert.Equal("", Linked(text));

    [Fact]
    public void Should_end_a_link_before_what_cannot_be_seen() => Assert.Equal("https://a.example/b", Linked("https://a.example/b\u202Egpj.exe\u202C"));

    [Fact]
    public void Should_mark_so_many_and_no_more() => Assert.Equal(ChatLinks.Max, ChatLinks.Find(string.Join(' ', Enumerable.Repeat("https://a.example", 60))).Length);

    [Theory]
    [InlineData("hello: there, a.b", false)]
    [InlineData("https://user:secret@evil.example", true)]
    [InlineData("go to WWW.evil.example", true)]
    [InlineData("steam://run/1", true)]
    [InlineData("ww\u200Bw.evil.example", true)]
    [InlineData("\uFF57\uFF57\uFF57\uFF0Eevil.example", true)]
    [InlineData("www\u3002evil.example", true)]
    [InlineData("https\uFF1A\uFF0F\uFF0Fevil.example", true)]
    [InlineData("https:/\u00AD/evil.example", true)]
    [InlineData("www wins: 1 / 2", false)]
    [InlineData("\u8349www\u3002", false)]
    [InlineData("www\uFF61 ok", false)]
    public void Should_take_a_permission_for_whatever_could_be_taken_for_one(string text, bool isLink) => Assert.Equal(isLink, ChatLinks.HasAny(text));

    private static string Linked(string text) => string.Join(' ', ChatLinks.Find(text).Select(span => text.Substring(span.Start, span.Length)));
}
