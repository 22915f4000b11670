using WhatsSound.Text;

namespace WhatsSound.Tests.Rules.Text;

public class When_people_look_for_a_text
{
    [Theory]
    [InlineData("Café del Mar", "cafe del mar")]
    [InlineData("CAFE\u0301", "cafe")]
    [InlineData("Señor Łódź & Ærø", "senor lodz aero")]
    [InlineData("Straße", "strasse")]
    [InlineData("Ёлка йод", "елка иод")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("Việt Nam", "viet nam")]
    [InlineData("東京-2020", "東京 2020")]
    [InlineData("--- ***", "")]
    [InlineData("", "")]
    public void Should_compare_without_case_and_marks(string text, string words) => Assert.Equal(words, string.Join(' ', FoldedText.Words(text)));
}
