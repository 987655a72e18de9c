# Signs a message on standard input with Debian's Mail::DKIM and prints what is to stand
# before it, CRLF line ends. Arguments: file of an RSA key (PEM), canonicalisation of a
# DKIM signature; or file, "arc", instance, status of the chain before it.
use strict;
use warnings;
use Mail::DKIM::ARC::Signer;
use Mail::DKIM::Signer;

my ($key, $method, $number, $status) = @ARGV;
my %common = (Algorithm => 'rsa-sha256', Selector => 's1', KeyFile => $key);
binmode STDIN;
binmode STDOUT;
my @fields;
if ($method eq 'arc') {
    my $domain = "hop$number.example";
    my $signer = Mail::DKIM::ARC::Signer->new(
        %common, Domain => $domain, SrvId => $domain, Chain => $status,
    );
    $signer->load(\*STDIN);
    @fields = $signer->as_strings;
} else {
    my $signer = Mail::DKIM::Signer->new(
        %common, Domain => 'example.com', Method => $method,
    );
    $signer->load(\*STDIN);
    @fields = map { $_->as_string } $signer->signature;
}
for my $field (@fields) {
    $field =~ s/\r?\n/\r\n/g;
    $field =~ s/(\r\n)+\z//;
    print "$field\r\n";
}
