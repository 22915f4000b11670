namespace WhatsSound.Channels;

/// <summary>The channel rules of this process, which may change while it runs. Whoever needs several answers that fit together takes <see cref="Rules"/> once. Safe from any thread.</summary>
public interface IRuleBook
{
    /// <summary>The rules of now. They never change: a change is another object, with a higher version.</summary>
    ChannelRules Rules { get; }

    /// <summary>Whether any rule gives something to sessions without a user.</summary>
    bool HasAnonymous => Rules.HasAnonymous;

    /// <summary>Raised once <see cref="Rules"/> are others, on whatever thread found that; whoever hears it returns at once.</summary>
    event EventHandler? Changed;

    /// <summary>The rule of a channel, now.</summary>
    ChannelRule For(string channel) => Rules.For(channel);
}
