using FsCheck;
using FsCheck.Fluent;

namespace WhatsSound.Tests.Rules;

/// <summary>A law, tried on many scripts: byte arrays that a test reads as what happens. FsCheck shrinks a failing one and prints it with its seed.</summary>
internal static class Property
{
    public static void Holds(Action<byte[]> law, int tries = 300, int lengthMax = 300)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(tries).WithEndSize(lengthMax);
        Check.One(config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), law));
    }
}
