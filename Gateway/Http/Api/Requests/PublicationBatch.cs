using WhatsSound.Channels;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using Item = WhatsSound.Gateway.Requests.FieldItem<WhatsSound.Gateway.Sessions.Calls.ChannelRequests.PublishArguments>;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>
/// Many publications in one request, each with its own answer. Those of one channel are published one after another, in their order; several channels at once. None that is refused keeps another from being published, but where it may be sent again: what is behind it
/// in its channel is refused as it was, so that all of that comes in order the next time.
/// </summary>
internal sealed class PublicationBatch(CallFailures failures)
{
    public const int PublicationsMax = 1_000;

    public const int ChannelsMax = 100;

    /// <summary>As many channels of one batch as cost little: a batch is not to take what others have to wait for.</summary>
    private const int ChannelsAtOnce = 16;

    private const string Field = "publications";

    public TypedRequest<List<Item>, BatchAnswers> Publish => new(
        "PublishBatch", CallKind.Command, Read, refuse: null, PublishAsync, ApiJson.Default.BatchAnswers) { IsForAnonymous = true, IsForServer = true };

    private static List<Item> Read(RequestReader reader)
    {
        var items = reader.ListOfEach(Field, 1, PublicationsMax, ChannelRequests.ReadPublication);
        if (items.Where(static item => item.Refusal is null).Select(static item => item.Value!.Channel).Distinct(StringComparer.Ordinal).Count() > ChannelsMax)
            reader.Refuse(Field, $"must be of at most {ChannelsMax} channels");
        return items;
    }

    private async Task<Answer<BatchAnswers>> PublishAsync(Call call, List<Item> items)
    {
        var answers = items.Select(static item => (Answer<Published>)(item.Refusal ?? NoTimeLeft())).ToArray();
        var channels = Enumerable.Range(0, items.Count).Where(at => items[at].Refusal is null).GroupBy(at => items[at].Value!.Channel, StringComparer.Ordinal);
        await Parallel.ForEachAsync(channels, new ParallelOptions { MaxDegreeOfParallelism = ChannelsAtOnce, CancellationToken = CancellationToken.None }, async (channel, _) =>
        {
            Refusal? before = null;
            foreach (var at in channel)
            {
                if (call.Asker.GivenUp.IsCancellationRequested)
                    return;
                answers[at] = before is null ? await PublishAsync(call, items[at].Value!) : before;
                before ??= answers[at].Refusal is { Retryable: true } refusal ? refusal : null;
            }
        });
        return new BatchAnswers([.. answers.Select(BatchAnswer.Of)]);
    }

    private async Task<Answer<Published>> PublishAsync(Call call, ChannelRequests.PublishArguments publication)
    {
        try
        {
            return await call.Services.Acts.PublishAsync(call.Asker, publication.Channel, publication.Publication).WaitAsync(call.Asker.GivenUp);
        }
        catch (Exception exception)
        {
            return failures.Translate(exception, isLate: call.Asker.GivenUp.IsCancellationRequested);
        }
    }

    private static Refusal NoTimeLeft() => Refusals.Retry(RefusalCode.NotReady, "There was no time left for it in the batch; it was not published.", TimeSpan.Zero);
}
