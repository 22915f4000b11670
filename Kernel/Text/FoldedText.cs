using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace WhatsSound.Text;

/// <summary>
/// How texts are compared that people look for: without case, and without the marks on letters. The table is Unicode's decomposition of the Latin, Greek and Cyrillic letters with marks, since the
/// program runs without the system's own; other letters are only themselves.
/// </summary>
public static class FoldedText
{
    /// <summary>The letter with marks, and the one without, in turn.</summary>
    private const string Table =
        "àaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyāaăaąaćcĉcċcčcďdđdēeĕeėeęeěeĝgğgġgģgĥhħhĩiīiĭiįiıiĵjķkĺlļlľlłlńnņnňnōoŏoőoŕrŗrřrśsŝs" +
        "şsšsţtťtŧtũuūuŭuůuűuųuŵwŷyźzżzžzơoưuǎaǐiǒoǔuǖuǘuǚuǜuǟaǡaǣæǧgǩkǫoǭoǯʒǰjǵgǹnǻaǽæǿøȁaȃaȅeȇeȉiȋiȍoȏoȑrȓrȕuȗușsțtȟhȧaȩeȫoȭoȯoȱoȳyʹʹΐιάαέεήηίιΰυϊι" +
        "ϋυόούυώωϓϒϔϒйиѐеёеѓгїіќкѝиўуѷѵӂжӑаӓаӗеӛәӝжӟзӣиӥиӧоӫөӭэӯуӱуӳуӵчӹыḁaḃbḅbḇbḉcḋdḍdḏdḑdḓdḕeḗeḙeḛeḝeḟfḡgḣhḥhḧhḩhḫhḭiḯiḱkḳkḵkḷlḹlḻlḽlḿmṁmṃmṅnṇnṉnṋn" +
        "ṍoṏoṑoṓoṕpṗpṙrṛrṝrṟrṡsṣsṥsṧsṩsṫtṭtṯtṱtṳuṵuṷuṹuṻuṽvṿvẁwẃwẅwẇwẉwẋxẍxẏyẑzẓzẕzẖhẗtẘwẙyẛſạaảaấaầaẩaẫaậaắaằaẳaẵaặaẹeẻeẽeếeềeểeễeệeỉiịiọoỏoốoồoổoỗo" +
        "ộoớoờoởoỡoợoụuủuứuừuửuữuựuỳyỵyỷyỹyἀαἁαἂαἃαἄαἅαἆαἇαἐεἑεἒεἓεἔεἕεἠηἡηἢηἣηἤηἥηἦηἧηἰιἱιἲιἳιἴιἵιἶιἷιὀοὁοὂοὃοὄοὅοὐυὑυὒυὓυὔυὕυὖυὗυὠωὡωὢωὣωὤωὥωὦωὧωὰα" +
        "άαὲεέεὴηήηὶιίιὸοόοὺυύυὼωώωᾀαᾁαᾂαᾃαᾄαᾅαᾆαᾇαᾐηᾑηᾒηᾓηᾔηᾕηᾖηᾗηᾠωᾡωᾢωᾣωᾤωᾥωᾦωᾧωᾰαᾱαᾲαᾳαᾴαᾶαᾷαιιῂηῃηῄηῆηῇηῐιῑιῒιΐιῖιῗιῠυῡυῢυΰυῤρῥρῦυῧυῲωῳωῴωῶωῷω";

    private const int CombiningTilde = 0x0303;

    private static readonly FrozenDictionary<char, char> Letters =
        Enumerable.Range(0, Table.Length / 2).ToFrozenDictionary(static index => Table[2 * index], static index => Table[(2 * index) + 1]);

    /// <summary>The words of a text: runs of letters and digits, folded. A text has as many words as it has, so it is bounded by its length.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.SpacingCombiningMark)
                continue;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol)
                Append(word, rune);
            else
                End(words, word);
        }

        End(words, word);
        return words;
    }

    /// <summary>
    /// A text as it reads whatever it is written with: folded, without marks and without what cannot be seen, and with plain letters, digits and dots for those that only look another way. For finding something in it, and not for showing.
    /// </summary>
    public static string Unmasked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = new StringBuilder(text.Length);
        var isOnPlainLetter = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsMark(rune))
            {
                // In other scripts marks are vowels; and on an n one makes another letter.
                if (rune.Value == CombiningTilde && read.Length > 0 && read[^1] == 'n')
                    read[^1] = 'ñ';
                else if (!isOnPlainLetter)
                    read.Append(rune.ToString());
            }
            else if (!IsUnseen(rune))
            {
                isOnPlainLetter = HasMarksForNothing(rune);
                if (Rune.ToLowerInvariant(rune).Value == 'ñ')
                    read.Append('ñ');
                else
                    AppendAll(read, PlainLetters.Of(rune));
            }
        }

        return read.ToString();
    }

    /// <summary>Whether <see cref="Unmasked"/> leaves the character out: a mark on another one, or nothing that can be seen.</summary>
    public static bool IsUnseen(Rune rune) => IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || BlankCharacters.IsIgnorable(rune);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark && !BlankCharacters.IsIgnorable(rune);

    /// <summary>Latin, Greek and Cyrillic, whose letters read the same with marks and without, and what is no letter; other scripts write vowels so.</summary>
    private static bool HasMarksForNothing(Rune rune) =>
        !Rune.IsLetter(rune) || rune.Value is < 0x0530 or (>= 0x1D00 and < 0x2000) or (>= 0x2C60 and < 0x2C80) or (>= 0xA640 and < 0xA6A0) or (>= 0xA720 and < 0xA800) or (>= 0xAB30 and < 0xAB70) or (>= 0xFF00 and < 0xFFF0) or (>= 0x1D400 and < 0x1D800);

    private static void AppendAll(StringBuilder read, string plain)
    {
        foreach (var rune in plain.EnumerateRunes())
            Append(read, rune);
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        switch (lower.Value)
        {
            case 'ß':
                word.Append("ss");
                break;
            case 'æ':
                word.Append("ae");
                break;
            case 'œ':
                word.Append("oe");
                break;
            case 'ς':
                word.Append('σ');
                break;
            default:
                if (lower.IsBmp && Letters.TryGetValue((char)lower.Value, out var letter))
                    word.Append(letter);
                else
                    word.Append(lower.ToString());
                break;
        }
    }

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length == 0)
            return;
        words.Add(word.ToString());
        word.Clear();
    }
}
