<?php

// Prints what license.php of docs/verify/php.md decides on each line of cases.tsv.

declare(strict_types=1);

require 'license.php';

$settings = ['withdrawn' => []];
foreach (file('settings.tsv', FILE_IGNORE_NEW_LINES) as $line) {
    [$name, $value] = explode("\t", $line);
    if ($name === 'withdrawn') {
        $settings['withdrawn'][] = $value;
    } else {
        $settings[$name] = (int) $value;
    }
}
foreach (file('cases.tsv', FILE_IGNORE_NEW_LINES) as $line) {
    [$name, $keys, $now, $perpetual, $text] = explode("\t", $line);
    $settings['perpetual'] = $perpetual === '1';
    $license = License::decide(
        file_get_contents($text), file_get_contents($keys), (int) $now, ...$settings);
    echo implode("\t", [$name, $license->state->value, $license->id ?? '-']), "\n";
}
