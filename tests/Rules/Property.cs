using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace WhatsSound.Tests.Rules;

/// <summary>
/// A law, tried on many scripts: byte arrays that a test reads as what happens. FsCheck shrinks a failing one and prints it with its seed. <c>WHATSSOUND_TRIES</c> is how many, whatever a test says.
/// </summary>
internal static class Property
{
    private static readonly int? Tries = Environment.GetEnvironmentVariable("WHATSSOUND_TRIES") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public static void Holds(Action<byte[]> law, int tries = 300, int lengthMax = 300)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Tries ?? tries).WithEndSize(lengthMax);
        Check.One(config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), law));
    }
}
