using System.Collections.Immutable;
using WhatsSound.Channels;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Why an attachment gets nothing for now: a request is under way whose answer is to come first. It knows from where delivery goes on, and holds no frames
/// that the feed's window has.
/// </summary>
/// <param name="Before">What the subscriber had before the request; null: it was not attached.</param>
/// <param name="At">Where the request has attached it; null: nowhere yet.</param>
/// <param name="CatchUp">What goes before everything else, because the subscriber asked for it as frames.</param>
internal sealed record AttachmentHold(Position? Before, Position? At, ImmutableArray<ChannelFrame> CatchUp);
