# The test game in a container: does what GAME_* tells it to.
$| = 1;
my $does = $ENV{GAME_DOES} // '';
my $port = $ENV{GAME_PORT} // $ENV{PORT} // 7777;
print "started\n";
$SIG{TERM} = sub { exit 0 if $does ne 'ignore' };
exit $1 if $does =~ /^exit (\d+)/;
kill $1, $$ if $does =~ /^die (\w+)/;
if ($does eq 'eat') { my @eaten; push @eaten, 'x' x 16_777_216 while 1 }
if ($does eq 'burn') { my $sum = 0; while (times < 1) { $sum += $_ for 1 .. 100_000 } my ($user, $system) = times; print 'burnt ', $user + $system, "\n" }
if ($does =~ /^print (\d+)/) { print "line $_\n" for 1 .. $1 }
if ($does =~ /^bind after (\d+)/) { sleep $1 }
my $count = 0;
my @binding;
unless ($does eq 'bind nothing') {
    my @ports = ([$ENV{GAME_TRANSPORT} // 'udp', $port]);
    push @ports, ['udp', $ENV{PORT_VOICE}] if $ENV{PORT_VOICE};
    for (@ports) {
        my ($transport, $number) = @$_;
        socket my $socket, 2, $transport eq 'udp' ? 2 : 1, 0 or die $!;
        setsockopt $socket, 1, 2, 1;
        bind $socket, pack 'S n a4 x8', 2, $number, "\0\0\0\0" or die $!;
        listen $socket, 16 if $transport eq 'tcp';
        push @binding, [$transport, $socket];
    }
}
my @open;
while (1) {
    if (open my $file, '<', '/exit-now') { my $code = <$file>; exit $code if defined $code }
    print 'line ', ++$count, "\n" if $does eq 'count';
    my $bits = '';
    vec($bits, fileno $_->[1], 1) = 1 for @binding, @open;
    my $ready = $bits;
    next unless select $ready, undef, undef, 0.02;
    for my $one (@binding, @open) {
        my ($kind, $socket) = @$one;
        next unless vec $ready, fileno $socket, 1;
        if ($kind eq 'udp') {
            my $from = recv $socket, my $message, 2048, 0;
            send $socket, $message, 0, $from;
        } elsif ($kind eq 'tcp') {
            accept my $new, $socket;
            push @open, ['player', $new];
        } elsif (!sysread $socket, my $message, 2048) {
            @open = grep { $_->[1] != $socket } @open;
        } else {
            syswrite $socket, $message;
        }
    }
}
