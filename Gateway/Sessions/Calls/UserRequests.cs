using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>What users have of their own, in no room.</summary>
internal static class UserRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        new TypedRequest<Done, UserRooms>(
            "GetMyRooms",
            CallKind.Command,
            static _ => Done.Value,
            refuse: null,
            static async (call, _) => await call.Services.Cluster.GetGrain<IUserRoomsGrain>(UserId.KeyOf(call.Identity.UserId)).ReadAsync(),
            WireJson.Default.UserRooms) { IsRead = true },

        new TypedRequest<string, Done>(
            "Follow",
            CallKind.Command,
            static reader => RoomCommands.UserIdIn(reader, "ofUserId"),
            RefuseNew,
            static (call, userId) => FollowsOf(call).FollowAsync(userId),
            GatewayJson.Default.Done),

        new TypedRequest<string, Done>(
            "Unfollow",
            CallKind.Command,
            static reader => RoomCommands.UserIdIn(reader, "ofUserId"),
            RefuseNew,
            static (call, userId) => FollowsOf(call).UnfollowAsync(userId),
            GatewayJson.Default.Done),

        new TypedRequest<Done, UserFollows>(
            "GetFollows",
            CallKind.Command,
            static _ => Done.Value,
            refuse: null,
            static async (call, _) => await FollowsOf(call).ReadAsync(),
            WireJson.Default.UserFollows) { IsRead = true },
    ];

    /// <summary>Who is followed has a grain of their own, whether there is such a user or not: it counts as a channel does.</summary>
    private static Refusal? RefuseNew(Call call, string userId) => call.Services.Access.RefuseNew(call.Asker, $"user:{userId}:followers");

    private static IUserFollowsGrain FollowsOf(Call call) => call.Services.Cluster.GetGrain<IUserFollowsGrain>(UserId.KeyOf(call.Identity.UserId));
}
