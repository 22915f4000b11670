using System.Collections.Frozen;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Every action that a room knows. A new one is an entry in the list of its feature.</summary>
internal static class ActionRules
{
    private static readonly FrozenDictionary<Type, ActionRule> ByAction = new[]
    {
        LifeActions.All, RoleActions.All, ModerationActions.All, SettingsActions.All, InviteActions.All, QueueActions.All, PlaybackActions.All,
    }.SelectMany(static feature => feature).ToFrozenDictionary(static rule => rule.Action);

    /// <summary>Null: no room knows it, or it has a method of its own.</summary>
    public static ActionRule? Find(RoomAction? action) => action is null ? null : ByAction.GetValueOrDefault(action.GetType());

    public static Refusal Unknown() => Refusals.BadRequest("action", "The room does not know what is asked for.");
}
