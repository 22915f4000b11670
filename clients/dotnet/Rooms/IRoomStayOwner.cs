namespace WhatsSound.Client;

/// <summary>What a stay tells its room.</summary>
internal interface IRoomStayOwner
{
    void OnChanged(RoomState state);

    void OnPublication(string channel, Publication publication);

    void OnRecovered(Verdict verdict);

    /// <summary>Joining got no answer, and is no longer wanted: it may have happened.</summary>
    void OnUnknown();

    /// <summary>It is over: left, or (with a refusal) the room cannot be joined again.</summary>
    void OnEnded(RoomStay stay, Refusal? refusal);
}
