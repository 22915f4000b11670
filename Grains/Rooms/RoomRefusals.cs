namespace WhatsSound.Grains.Rooms;

/// <summary>What a room says when it is not the command that is wrong.</summary>
internal static class RoomRefusals
{
    public static Refusal NotReady() => Refusals.Retry(RefusalCode.NotReady, "The room cannot do this right now.", TimeSpan.FromSeconds(1));

    public static Refusal OutcomeUnknown() => Refusals.Retry(RefusalCode.Timeout, "The outcome is unknown; the same id has one effect.", TimeSpan.FromSeconds(1));
}
