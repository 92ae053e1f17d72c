# Runs license.pl over the cases in the current folder.
use strict;
use warnings;

require './license.pl';

sub rows {
    my ($name) = @_;
    return map { [split /\t/] } split /\n/, License::read_file($name);
}

my (%settings, @withdrawn);
for my $row (rows('settings.tsv')) {
    my ($name, $value) = @$row;
    if ($name eq 'withdrawn') { push @withdrawn, $value }
    else                      { $settings{$name} = $value }
}
for my $row (rows('cases.tsv')) {
    my ($name, $keys, $now, $perpetual, $path) = @$row;
    my $license = License::decide(
        License::read_file($path), License::read_file($keys), $now, %settings,
        perpetual => $perpetual,
        withdrawn => \@withdrawn,
    );
    print join("\t", $name, $license->{state}, $license->{id} // '-'), "\n";
}
