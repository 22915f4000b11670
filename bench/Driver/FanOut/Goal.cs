namespace WhatsSound.Bench.FanOut;

/// <summary>A bound on a row's ratio, or on its value.</summary>
internal sealed record Goal(double Max, bool OnRatio, string Text)
{
    public string Judge(double? value, double? ratio) =>
        (OnRatio ? ratio : value) is { } figure ? $"{Text}: {(figure <= Max ? "met" : "MISSED")}" : Text;
}
