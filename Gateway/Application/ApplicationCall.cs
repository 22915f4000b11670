namespace WhatsSound.Gateway.Application;

/// <summary>What an app's own server is asked.</summary>
internal enum ApplicationCall
{
    Connect = 0,
    Subscribe = 1,
    Publish = 2,
    Call = 3,
}
