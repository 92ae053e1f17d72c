# Asks Crypt::JWT about each line of cases.tsv: see libraries.py.
use strict;
use warnings;
use Crypt::JWT qw(decode_jwt);
use JSON::PP qw(decode_json);

sub text {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/;
    return scalar <$file>;
}

print "$Crypt::JWT::VERSION\n";
for my $line (split /\n/, text('cases.tsv')) {
    my ($name, $algorithm, $keys, $token) = split /\t/, $line;
    my %key = $keys eq 'pem'
        ? (key => \text('public-key.pem'))
        : (kid_keys => decode_json(text("$keys.json")));
    if (eval { decode_jwt(token => $token, accepted_alg => $algorithm, %key); 1 }) {
        print "$name\tyes\t\n";
    }
    else {
        my ($why) = split /\n/, $@;
        print "$name\tno\t$why\n";
    }
}
