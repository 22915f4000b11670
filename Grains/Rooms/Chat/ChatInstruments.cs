using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Rooms;

/// <summary>What chats count.</summary>
internal sealed class ChatInstruments
{
    private readonly Counter<long> _commands;

    public ChatInstruments(GrainsMeter meter) =>
        _commands = meter.Meter.CreateCounter<long>("whatssound.chat.commands", "{command}", "Commands of chats, by what they asked for and the code of the refusal, if they were refused.");

    public void Commanded(string action, string? code) =>
        _commands.Add(1, new KeyValuePair<string, object?>("action", action), new KeyValuePair<string, object?>("code", code ?? "ok"));
}
