using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

public class When_a_song_is_somewhere
{
    private static readonly SongAddressOptions Strict = new();

    [Theory]
    [InlineData("https://music.example/1.mp3")]
    [InlineData("https://music.example:8443/a%20b.mp3?x=1#t=3")]
    [InlineData("https://8.8.8.8/1.mp3")]
    [InlineData("https://[2606:4700::1111]/1.mp3")]
    [InlineData("https://münchen.example/lied.mp3")]
    [InlineData("https://music.example/@user/1.mp3")]
    [InlineData("https://music.example./1.mp3")]
    [InlineData("https://例え.example/1.mp3")]
    [InlineData("https://mp3.example:443/1.mp3")]
    [InlineData("https://[::ffff:8.8.8.8]/1.mp3")]
    [InlineData("/tracks/one.wav")]
    [InlineData("/tracks/a/b.wav?x=1")]
    public void Should_send_listeners_there(string url) => Assert.Null(SongAddress.Check(url, Strict, "url"));

    [Theory]
    [InlineData("http://music.example/1.mp3", "scheme")]
    [InlineData("https://localhost/1.mp3", "private")]
    [InlineData("https://router/1.mp3", "private")]
    [InlineData("https://nas.local/1.mp3", "private")]
    [InlineData("https://nas.LOCAL./1.mp3", "private")]
    [InlineData("https://db.internal/1.mp3", "private")]
    [InlineData("https://box.home.arpa/1.mp3", "private")]
    [InlineData("https://127.0.0.1/1.mp3", "private")]
    [InlineData("https://127.1/1.mp3", "private")]
    [InlineData("https://2130706433/1.mp3", "private")]
    [InlineData("https://0x7f000001/1.mp3", "private")]
    [InlineData("https://0177.0.0.1/1.mp3", "private")]
    [InlineData("https://10.1.2.3/1.mp3", "private")]
    [InlineData("https://172.31.0.1/1.mp3", "private")]
    [InlineData("https://192.168.1.1/admin?reboot=1", "private")]
    [InlineData("https://100.64.0.1/1.mp3", "private")]
    [InlineData("https://169.254.169.254/latest/meta-data", "private")]
    [InlineData("https://224.0.0.1/1.mp3", "private")]
    [InlineData("https://255.255.255.255/1.mp3", "private")]
    [InlineData("https://[::1]/1.mp3", "private")]
    [InlineData("https://[::]/1.mp3", "private")]
    [InlineData("https://[::ffff:192.168.1.1]/1.mp3", "private")]
    [InlineData("https://[64:ff9b::c0a8:101]/1.mp3", "private")]
    [InlineData("https://[2002:c0a8:101::1]/1.mp3", "private")]
    [InlineData("https://[fe80::1]/1.mp3", "private")]
    [InlineData("https://[fd00::1]/1.mp3", "private")]
    [InlineData("https://[ff02::1]/1.mp3", "private")]
    [InlineData("https://[::ffff:10.0.0.1]/1.mp3", "private")]
    [InlineData("https://[::ffff:a00:1]/1.mp3", "private")]
    [InlineData("https://[::10.0.0.1]/1.mp3", "private")]
    [InlineData("https://[64:ff9b::a00:1]/1.mp3", "private")]
    [InlineData("https://[2002:a00:1::]/1.mp3", "private")]
    [InlineData("https://10.0.0.1./1.mp3", "private")]
    [InlineData("https://127.0.0.1./1.mp3", "private")]
    [InlineData("https://127.1./1.mp3", "private")]
    [InlineData("https://2130706433./1.mp3", "private")]
    [InlineData("https://0x7f.1./1.mp3", "private")]
    [InlineData("https://１０.0.0.1/1.mp3", "private")]
    [InlineData("https://①92.168.1.1/1.mp3", "private")]
    [InlineData("https://127。0。0。1/1.mp3", "private")]
    [InlineData("https://１２７.1/1.mp3", "private")]
    [InlineData("https://nas．ｌocal/1.mp3", "private")]
    [InlineData("https://127.0.0.１/1.mp3", "private")]
    [InlineData("https://²130706433./1.mp3", "private")]
    [InlineData("https://a.ﬁ\uFE00.local/1.mp3", "private")]
    [InlineData("https://l\u034Focalhost/1.mp3", "private")]
    [InlineData("https://nas.\u017Fvc/1.mp3", "private")]
    [InlineData("https://box.localdomain/1.mp3", "private")]
    [InlineData("https://db.svc/1.mp3", "private")]
    [InlineData("https://db.svc./1.mp3", "private")]
    [InlineData("https://db.ns.svc.cluster.local/1.mp3", "private")]
    [InlineData("https://vault.internal./1.mp3", "private")]
    [InlineData("https://fe80--1.ipv6-literal.net/1.mp3", "private")]
    [InlineData("/", "path")]
    [InlineData("/guest", "path")]
    [InlineData("/tracks", "path")]
    [InlineData("/tracks/../page.json", "path")]
    [InlineData("/tracks/%2e%2E/page.json", "path")]
    [InlineData("/tracks/a/%2e%2e/%2E./page.json", "path")]
    public void Should_send_no_listener_there(string url, string why)
    {
        var refusal = SongAddress.Check(url, Strict, "url");

        Assert.Equal((RefusalCode.AddressNotAllowed, why), (refusal?.Code, refusal?.Detail));
    }

    [Theory]
    [InlineData("https://ada:secret@music.example/1.mp3")]
    [InlineData("https://@music.example/1.mp3")]
    [InlineData("https://music.example@10.0.0.1/1.mp3")]
    [InlineData("https://music.example/a b.mp3")]
    [InlineData("https://music.example/\u202Egpj.mp3")]
    [InlineData("https://music.example/a\nb")]
    [InlineData("https://music.example/\u00A0")]
    [InlineData("https:\\\\music.example\\1.mp3")]
    [InlineData("https:///1.mp3")]
    [InlineData("https://nas.loc%61l/1.mp3")]
    [InlineData("https://%31%30.0.0.1/1.mp3")]
    [InlineData("https://")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:audio/wav;base64,AAAA")]
    [InlineData("blob:https://music.example/1")]
    [InlineData("//music.example/1.mp3")]
    [InlineData("/\\music.example/1.mp3")]
    public void Should_see_no_address_in_it(string url) => Assert.Equal((RefusalCode.BadRequest, "url"), (SongAddress.Check(url, Strict, "url")?.Code, SongAddress.Check(url, Strict, "url")?.Detail));

    [Fact]
    public void Should_take_what_a_deployment_takes()
    {
        Assert.Null(SongAddress.Check("http://music.example/1.mp3", new() { AllowsHttp = true }, "url"));
        Assert.Null(SongAddress.Check("https://192.168.1.1/1.mp3", new() { AllowsPrivateHosts = true }, "url"));
        var few = new SongAddressOptions { Hosts = { "cdn.example", "*.music.example" }, OwnPaths = { "/songs/" } };
        Assert.Null(SongAddress.Check("https://cdn.example/1.mp3", few, "url"));
        Assert.Null(SongAddress.Check("https://cdn.example./1.mp3", few, "url"));
        Assert.Null(SongAddress.Check("https://eu.music.example/1.mp3", few, "url"));
        Assert.Null(SongAddress.Check("/songs/1.mp3", few, "url"));
        Assert.Equal("host", SongAddress.Check("https://music.example/1.mp3", few, "url")?.Detail);
        Assert.Equal("host", SongAddress.Check("https://evilcdn.example/1.mp3", few, "url")?.Detail);
        Assert.Equal("path", SongAddress.Check("/tracks/1.mp3", few, "url")?.Detail);
    }

    /// <summary>Whichever way it comes in.</summary>
    [Fact]
    public void Should_look_at_songs_of_a_fallback_playlist_too()
    {
        var lan = new Track { Url = "https://192.168.1.1/1.mp3", Title = "LAN", DurationMs = 60_000 };
        var play = new SongPlay();

        Assert.Equal(RefusalCode.AddressNotAllowed, play.Do(SongPlay.Host, new SetFallbackTracks([lan])).Refusal?.Code);
        Assert.Equal(RefusalCode.AddressNotAllowed, play.Batch(SongPlay.User("ann"), lan).Results[0].Refusal?.Code);
    }
}
